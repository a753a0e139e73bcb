import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

interface Props {
  label: string;
  onClick: () => void;
  /** Possible, but not what the page is for now. */
  isQuiet?: boolean;
}

/** The one thing to begin on a page of a list, in its header and where the list is empty. */
export function AddButton({ label, onClick, isQuiet = false }: Props) {
  return (
    <Button variant={isQuiet ? "default" : "filled"} leftSection={<IconPlus size={16} />} onClick={onClick}>
      {label}
    </Button>
  );
}

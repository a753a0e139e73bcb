import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

interface Props {
  label: string;
  onClick: () => void;
}

/** The one thing to begin on a page of a list, in its header and where the list is empty. */
export function AddButton({ label, onClick }: Props) {
  return (
    <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={onClick}>
      {label}
    </Button>
  );
}

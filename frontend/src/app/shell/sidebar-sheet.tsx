import "@/ui/sheet-styles";
import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Brand, Navigation } from "@/app/shell/sidebar";
import css from "@/app/shell/sidebar.module.css";
import { useReturnFocus } from "@/ui/use-return-focus";

export default function SidebarSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={onClose}
      size={272}
      title={<Brand />}
      closeButtonProps={{ "aria-label": t("shell.closeMenu") }}
      transitionProps={{ duration: 140 }}
      classNames={{ content: css.sheet }}
    >
      <Navigation onNavigate={onClose} />
    </Drawer>
  );
}

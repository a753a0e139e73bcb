import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { openPalette } from "@/app/palette/palette-state";
import { AvatarMenu } from "@/app/shell/avatar-menu";
import { Breadcrumb } from "@/app/shell/breadcrumb";
import css from "@/app/shell/header.module.css";
import { ThemeButton } from "@/app/shell/theme-button";
import { Bell } from "@/features/notifications/bell/bell";

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Header({ onOpenMenu }: { onOpenMenu: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={css.header}>
      <ActionIcon size={36} className={css.burger} aria-label={t("shell.openMenu")} onClick={onOpenMenu}>
        <IconMenu2 size={20} stroke={1.8} />
      </ActionIcon>
      <Link to="/notifications" className={css.product}>
        {t("shell.product")}
      </Link>
      <Breadcrumb />
      <UnstyledButton className={css.palette} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span>{t("shell.palette.open")}</span>
        <kbd>{isApple ? "⌘K" : "Ctrl K"}</kbd>
      </UnstyledButton>
      <div className={css.tools}>
        <ActionIcon size={36} className={css.search} aria-label={t("shell.palette.openShort")} onClick={openPalette}>
          <IconSearch size={20} stroke={1.8} />
        </ActionIcon>
        <Bell />
        <ThemeButton />
        <AvatarMenu />
      </div>
    </header>
  );
}

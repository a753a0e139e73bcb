import { UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "@/app/shell/header.module.css";
import { ownPages } from "@/app/shell/navigation";
import { useSignOut } from "@/app/shell/use-sign-out";
import { initials } from "@/display/names";
import { openShortcuts } from "@/keyboard/shortcuts-dialog-state";
import { useCurrentUser } from "@/session/current-user";
import { Menu, MenuItem, MenuLine, menuLink } from "@/ui/menu";

export function AvatarMenu() {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const signOut = useSignOut();
  const label = t("shell.avatar", { name: user.name });
  return (
    <Menu
      label={label}
      renderButton={(props) => (
        <UnstyledButton {...props} className={css.avatar} aria-label={label} aria-haspopup="menu">
          {initials(user.name)}
        </UnstyledButton>
      )}
    >
      <div className={css.who} role="presentation">
        <b>{user.name}</b>
        <span>{user.email}</span>
        <span>{t(`shell.role.${user.role}`)}</span>
      </div>
      <MenuLine />
      {ownPages.map(({ name, to, icon: PageIcon }) => (
        <Link key={name} to={to} {...menuLink}>
          <PageIcon size={17} stroke={1.7} aria-hidden />
          {t(`shell.page.${name}`)}
        </Link>
      ))}
      <MenuItem icon={IconKeyboard} onClick={openShortcuts}>
        {t("shell.shortcuts.title")}
      </MenuItem>
      <MenuItem icon={IconLogout} onClick={signOut}>
        {t("shell.signOut")}
      </MenuItem>
    </Menu>
  );
}

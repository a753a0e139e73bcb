import { Menu, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "@/app/shell/header.module.css";
import { useSignOut } from "@/app/shell/use-sign-out";
import { initials } from "@/display/names";
import { openShortcuts } from "@/keyboard/shortcuts-dialog-state";
import { useCurrentUser } from "@/session/current-user";

export function AvatarMenu() {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" offset={8} width={230} shadow="none">
      <Menu.Target>
        <UnstyledButton className={css.avatar} aria-label={t("shell.avatar", { name: user.name })}>
          {initials(user.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.who}>
          <b>{user.name}</b>
          <span>{user.email}</span>
          <span>{t(`shell.role.${user.role}`)}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={17} />} renderRoot={(props) => <Link to="/account" {...props} />}>
          {t("shell.page.account")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={17} />} onClick={openShortcuts}>
          {t("shell.shortcuts.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={17} />} onClick={signOut}>
          {t("shell.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

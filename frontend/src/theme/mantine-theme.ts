import { createTheme } from "@mantine/core";
import { narrowWidth } from "@/theme/breakpoints";
import { BusyButton } from "@/theme/busy-button";
import css from "@/theme/mantine-theme.module.css";

export const theme = createTheme({
  fontFamily: "var(--font)",
  primaryColor: "indigo",
  breakpoints: { sm: narrowWidth },
  // White on the kit's lighter shades fails 4.5:1 in the dark scheme.
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "8px",
  cursorType: "pointer",
  headings: { fontFamily: "var(--font)" },
  // By name and not by `Modal.extend()`, which would put every one of them into the first load.
  components: {
    Button: {
      defaultProps: { component: BusyButton, size: "sm", variant: "default" },
      classNames: { root: css.button },
    },
    ActionIcon: {
      defaultProps: { component: BusyButton, variant: "subtle", color: "gray" },
      classNames: { root: css.icon },
    },
    InputWrapper: { classNames: { label: css.label, description: css.description, error: css.error } },
    Input: { classNames: { input: css.input } },
    Select: { defaultProps: { checkIconPosition: "right" }, classNames: { dropdown: css.options, option: css.option } },
    MultiSelect: {
      defaultProps: { checkIconPosition: "right", openOnFocus: false },
      classNames: { dropdown: css.options, option: css.option, inputField: css.within },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 } },
      classNames: { content: css.dialog, header: css.dialogHeader, title: css.dialogTitle, body: css.dialogBody },
    },
    Drawer: {
      defaultProps: { overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 } },
      classNames: { content: css.drawer, header: css.dialogHeader, title: css.dialogTitle },
    },
  },
});

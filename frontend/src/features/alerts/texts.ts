import i18n from "i18next";
import { alertDrawer } from "@/i18n/en/alert-drawer";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { alerts: alertDrawer }, true);

import i18n from "i18next";
import { shortcuts } from "@/i18n/en/shortcuts";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { shell: { shortcuts } }, true);

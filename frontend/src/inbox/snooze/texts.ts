import i18n from "i18next";
import { snooze } from "@/i18n/en/snooze";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { snooze }, true);

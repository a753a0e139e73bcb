import i18n from "i18next";
import { createNotification } from "@/i18n/en/create-notification";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { notifications: createNotification }, true);

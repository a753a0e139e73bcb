import i18n from "i18next";
import { messages } from "@/i18n/en/messages";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { messages }, true);

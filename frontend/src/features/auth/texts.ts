import i18n from "i18next";
import { account } from "@/i18n/en/account";

// With what says them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { account }, true);

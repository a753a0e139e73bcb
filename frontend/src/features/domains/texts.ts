import i18n from "i18next";
import { domains } from "@/i18n/en/domains";

// With the pages that say them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { domains }, true);

import i18n from "i18next";
import { delivery } from "@/i18n/en/delivery";

// With the pages that say them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { delivery }, true);

import i18n from "i18next";
import { escalation } from "@/i18n/en/escalation";

// With the pages that say them: the first load has no room for texts that it does not show.
i18n.addResourceBundle("en", "translation", { escalation }, true);

import "@/features/letzshop/texts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { runQuery } from "@/features/letzshop/api";
import { runTitle } from "@/letzshop-runs/wording";

/** Of a run that its page asks for; nothing is asked for here. */
export default function RunName({ id }: { id: number }) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...runQuery(id), enabled: false });
  return data ? runTitle(t, data) : `#${id}`;
}

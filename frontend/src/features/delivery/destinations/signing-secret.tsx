import { useTranslation } from "react-i18next";
import { ShownSecret } from "@/ui/shown-secret";

interface Props {
  name: string;
  secret: string;
  /** There was one before, which is valid for a while yet. */
  isRotated: boolean;
  onClose: () => void;
}

/** What a webhook's receiver checks our messages with, this once. */
export function SigningSecret({ name, secret, isRotated, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <ShownSecret
      title={t("delivery.secret.title", { name })}
      warning={t("delivery.secret.body")}
      label={t("delivery.secret.label")}
      secret={secret}
      onClose={onClose}
    >
      <p>{t("delivery.secret.use")}</p>
      {isRotated && <p>{t("delivery.secret.overlap")}</p>}
    </ShownSecret>
  );
}

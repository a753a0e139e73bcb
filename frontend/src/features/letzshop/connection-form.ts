import "@/directory/texts";
import type { TFunction } from "i18next";
import { textOrNull } from "@/api/changes";
import type { LetzshopCredentials } from "@/api/types";

/** The fields as they are typed. */
export interface ConnectionValues {
  api_key: string;
  endpoint_url: string;
  sync_interval_minutes: string;
  default_carrier: string;
  auto_sync_enabled: boolean;
}

export function valuesOf(connection: LetzshopCredentials | null): ConnectionValues {
  return {
    api_key: "",
    endpoint_url: connection?.endpoint_url ?? "",
    sync_interval_minutes: String(connection?.sync_interval_minutes ?? 15),
    default_carrier: connection?.default_carrier ?? "",
    auto_sync_enabled: connection?.auto_sync_enabled ?? true,
  };
}

/** The same as the API has them: without a key the stored one stays, without an address it is Letzshop's own. */
export function wantedOf(values: ConnectionValues) {
  return {
    api_key: textOrNull(values.api_key),
    endpoint_url: textOrNull(values.endpoint_url),
    sync_interval_minutes: Number(values.sync_interval_minutes),
    default_carrier: textOrNull(values.default_carrier),
    auto_sync_enabled: values.auto_sync_enabled,
  };
}

/** The first thing wrong with each field; the server decides again, and asks Letzshop. */
export function connectionRules(t: TFunction, isConnected: boolean) {
  return {
    api_key: (value: string) => {
      const key = value.trim();
      if (key === "") return isConnected ? null : t("form.required");
      return /^[\x21-\x7e]{4,}$/.test(key) ? null : t("letzshop.connection.keyShape");
    },
    endpoint_url: (value: string) =>
      value.trim() === "" || /^https?:\/\/\S+$/.test(value.trim()) ? null : t("directory.webAddress"),
    sync_interval_minutes: (value: string) => {
      const minutes = Number(value);
      const isGood = value.trim() !== "" && Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440;
      return isGood ? null : t("letzshop.connection.intervalShape");
    },
  };
}

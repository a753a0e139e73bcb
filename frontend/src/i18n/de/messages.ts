export const messages = {
  channel: { email: "E-Mail", chat: "Chat", webhook: "Webhook" },
  about: {
    import_failure: "Importfehler",
    order_sync_failure: "Fehler beim Bestellabgleich",
    order_exception: "Bestellausnahmen",
    critical_error: "Kritische Fehler",
    store_issue: "Geschäftsprobleme",
    security_alert: "Sicherheitswarnungen",
    silence_ending: "Endende Stummschaltungen",
    delivery_failure: "Zustellfehler",
    integration: "Alarme: Integration",
    data_quality: "Alarme: Datenqualität",
    capacity: "Alarme: Kapazität",
    performance: "Alarme: Leistung",
    security: "Alarme: Sicherheit",
    system: "Alarme: System",
  },
} as const;

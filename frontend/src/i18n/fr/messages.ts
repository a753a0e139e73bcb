export const messages = {
  channel: { email: "E-mail", chat: "Chat", webhook: "Webhook" },
  about: {
    import_failure: "Échecs d’import",
    order_sync_failure: "Échecs de synchronisation",
    order_exception: "Exceptions de commande",
    critical_error: "Erreurs critiques",
    store_issue: "Problèmes de boutique",
    security_alert: "Alertes de sécurité",
    silence_ending: "Silences qui se terminent",
    delivery_failure: "Échecs d’envoi",
    integration: "Incidents d’intégration",
    data_quality: "Incidents de qualité des données",
    capacity: "Incidents de capacité",
    performance: "Incidents de performance",
    security: "Incidents de sécurité",
    system: "Incidents système",
  },
} as const;

export const actions = {
  label: "Ce qui peut être fait",
  kind: {
    retry_import: "Relancer l’import",
    retry_run: "Relancer",
    sync_now: "Synchroniser",
    test_credentials: "Tester l’accès",
    open_exceptions: "Associer les produits",
  },
  ofStore: "{{action}} : {{store}}",
  about: "{{action}} : {{title}}",
  status: { pending: "En attente", running: "En cours", done: "Fait", failed: "Échec" },
  showImport: "Voir l’import",
  showRun: "Voir l’exécution",
  failed: "Impossible de démarrer",
  event: {
    action_started: "Demandé : {{action}}",
    action_done: "{{action}} : fait",
    action_failed: "{{action}} : échec",
  },
} as const;

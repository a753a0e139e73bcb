export const actions = {
  label: "Was getan werden kann",
  kind: {
    retry_import: "Import wiederholen",
    retry_run: "Lauf wiederholen",
    sync_now: "Jetzt abgleichen",
    test_credentials: "Zugang prüfen",
    open_exceptions: "Produkte zuordnen",
  },
  ofStore: "{{action}}: {{store}}",
  about: "{{action}}: {{title}}",
  status: { pending: "Wartet", running: "Läuft", done: "Erledigt", failed: "Fehlgeschlagen" },
  showImport: "Import zeigen",
  showRun: "Lauf zeigen",
  failed: "Konnte nicht gestartet werden",
  event: {
    action_started: "Angefordert: {{action}}",
    action_done: "{{action}}: erledigt",
    action_failed: "{{action}}: fehlgeschlagen",
  },
} as const;

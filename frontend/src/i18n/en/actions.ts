export const actions = {
  label: "What can be done",
  kind: {
    retry_import: "Retry import",
    retry_run: "Retry run",
    sync_now: "Sync now",
    test_credentials: "Test credentials",
    open_exceptions: "Match products",
  },
  ofStore: "{{action}}: {{store}}",
  about: "{{action}}: {{title}}",
  status: { pending: "Waiting to start", running: "Under way", done: "Done", failed: "Not done" },
  showImport: "Show import",
  showRun: "Show run",
  failed: "Could not be started",
  event: {
    action_started: "{{action}} asked for",
    action_done: "{{action}}: done",
    action_failed: "{{action}}: not done",
  },
} as const;

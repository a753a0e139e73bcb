import type { Catalogue } from "@/i18n/en";

export const unsaved = {
  state: "Noch nicht gespeichert",
  discard: "Verwerfen",
  save: "Speichern",
  leave: {
    title: "Ohne Speichern verlassen?",
    body: "Was Sie hier geändert haben, ist noch nicht gespeichert.",
    confirm: "Änderungen verwerfen",
    stay: "Bleiben",
  },
  meanwhile: {
    title: "Inzwischen von jemand anderem geändert.",
    body: "Was Sie geändert haben, steht noch hier. Laden Sie den neuen Stand und verwerfen Sie Ihren, oder behalten Sie Ihren: Beim Speichern ersetzt er dann den neuen.",
    take: "Neuen Stand laden",
    keep: "Meinen behalten",
  },
} as const satisfies Catalogue["unsaved"];

import type { Catalogue } from "@/i18n/en";

export const unsaved = {
  state: "Pas encore enregistré",
  discard: "Abandonner",
  save: "Enregistrer",
  leave: {
    title: "Partir sans enregistrer ?",
    body: "Ce que vous avez changé ici n’est pas encore enregistré.",
    confirm: "Abandonner les changements",
    stay: "Rester",
  },
  meanwhile: {
    title: "Changé entre-temps par quelqu’un d’autre.",
    body: "Vos changements sont toujours là. Chargez les siens et abandonnez les vôtres, ou gardez les vôtres : ils remplaceront les siens à l’enregistrement.",
    take: "Charger les siens",
    keep: "Garder les miens",
  },
} as const satisfies Catalogue["unsaved"];

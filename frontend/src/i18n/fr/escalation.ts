import type { Catalogue } from "@/i18n/en";

export const escalation = {
  intro: "Qui est prévenu ensuite quand personne ne prend en charge une alerte critique.",
  first: "D’abord, chacun est prévenu comme il préfère. Ensuite, tant que personne ne la prend en charge :",
  sentence_one:
    "Si personne ne prend en charge une alerte critique pendant {{time}}, {{names}} est prévenu, quelles que soient ses préférences.",
  sentence_other:
    "Si personne ne prend en charge une alerte critique pendant {{time}}, {{names}} sont prévenus, quelles que soient leurs préférences.",
  nobodyYet: "Choisissez qui est prévenu après {{time}}.",
  nobodyLeft: "Personne n’est prévenu après {{time}} : ceux que cette étape nommait ne sont plus là.",
  inactive: "{{name}} (inactif)",
  step: "Étape {{n}}",
  after: "Après (minutes)",
  afterHint: "Depuis qu’elle est critique, une semaine au plus.",
  people: "Personnes",
  peopleNone: "Personne",
  destinations: "Destinations",
  destinationsNone: "Aucune destination",
  noMatch: "Rien de ce nom",
  add: "Ajouter une étape",
  remove: "Retirer",
  removeNamed: "Retirer l’étape {{n}}",
  saved: "L’escalade est enregistrée",
  inOrder: "Les étapes suivent l’ordre de leurs heures.",
  empty: "Personne n’est prévenu ensuite",
  emptyBody:
    "Une alerte critique que personne ne prend en charge n’est transmise à personne. Ajoutez une étape pour changer cela.",
  emptyReader: "Une alerte critique que personne ne prend en charge n’est transmise à personne.",
  readOnly: "Seuls les administrateurs changent ceci.",
  most: "Dix étapes sont le maximum.",
  error: {
    time: "Un nombre entier de minutes de 1 à {{max}}",
    same: "Une autre étape a cette durée",
    nobody: "Choisissez une personne ou une destination",
  },
} as const satisfies Catalogue["escalation"];

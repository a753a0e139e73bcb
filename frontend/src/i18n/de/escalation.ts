import type { Catalogue } from "@/i18n/en";

export const escalation = {
  intro: "Wer als Nächstes benachrichtigt wird, wenn niemand eine kritische Warnung bestätigt.",
  first: "Zuerst werden alle benachrichtigt, wie sie es wünschen. Danach, solange niemand sie bestätigt:",
  sentence_one:
    "Bestätigt {{time}} lang niemand eine kritische Warnung, wird {{names}} benachrichtigt, ungeachtet der Einstellungen.",
  sentence_other:
    "Bestätigt {{time}} lang niemand eine kritische Warnung, werden {{names}} benachrichtigt, ungeachtet der Einstellungen.",
  nobodyYet: "Wählen Sie, wer nach dieser Zeit benachrichtigt wird: {{time}}.",
  nobodyLeft: "Nach dieser Zeit wird niemand benachrichtigt ({{time}}): Wen diese Stufe nannte, gibt es nicht mehr.",
  inactive: "{{name}} (inaktiv)",
  step: "Stufe {{n}}",
  after: "Nach Minuten",
  afterHint: "Seit sie kritisch ist, höchstens eine Woche.",
  people: "Personen",
  peopleNone: "Niemand",
  destinations: "Ziele",
  destinationsNone: "Kein Ziel",
  noMatch: "Nichts mit diesem Namen",
  add: "Stufe hinzufügen",
  remove: "Entfernen",
  removeNamed: "Stufe {{n}} entfernen",
  saved: "Die Eskalation ist gespeichert",
  inOrder: "Die Stufen folgen der Reihenfolge ihrer Zeiten.",
  empty: "Niemand wird als Nächstes benachrichtigt",
  emptyBody:
    "Eine kritische Warnung, die niemand bestätigt, wird an niemanden weitergegeben. Fügen Sie eine Stufe hinzu, um das zu ändern.",
  emptyReader: "Eine kritische Warnung, die niemand bestätigt, wird an niemanden weitergegeben.",
  readOnly: "Nur Administratoren ändern dies.",
  most: "Mehr als zehn Stufen gibt es nicht.",
  error: {
    time: "Eine ganze Zahl von Minuten von 1 bis {{max}}",
    same: "Eine andere Stufe hat diese Zeit",
    nobody: "Wählen Sie eine Person oder ein Ziel",
  },
} as const satisfies Catalogue["escalation"];

export const runs = {
  kind: {
    sync: "Bestellabgleich",
    history: "Import der Vergangenheit",
    fulfilment: "Sendung an Letzshop",
    export: "Produktexport",
  },
  status: {
    pending: "Wartet",
    fetching: "Fragt Letzshop",
    processing: "Läuft",
    completed: "Abgeschlossen",
    partial: "Mit Fehlern abgeschlossen",
    failed: "Fehlgeschlagen",
    cancelled: "Abgebrochen",
  },
  title: "{{kind}} Nr. {{id}}",
  request: {
    confirm: "{{n}} bestätigen",
    both: "{{n}} bestätigen, {{m}} ablehnen",
    decline: "Alle {{m}} ablehnen",
    tracking: "Sendung {{number}} mit {{provider}}",
  },
} as const;

export const runs = {
  kind: {
    sync: "Synchronisation",
    history: "Import de l’historique",
    fulfilment: "Envoi à Letzshop",
    export: "Export des produits",
  },
  status: {
    pending: "En attente",
    fetching: "Interroge Letzshop",
    processing: "En cours",
    completed: "Terminé",
    partial: "Terminé avec des erreurs",
    failed: "Échoué",
    cancelled: "Annulé",
  },
  title: "{{kind}} n° {{id}}",
  request: {
    confirm: "Confirmer {{n}}",
    both: "Confirmer {{n}}, refuser {{m}}",
    decline: "Refuser les {{m}}",
    tracking: "Suivi {{number}} chez {{provider}}",
  },
} as const;

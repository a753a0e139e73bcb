export const runs = {
  kind: {
    sync: "Order sync",
    history: "Historical import",
    fulfilment: "Sent to Letzshop",
    export: "Product export",
  },
  status: {
    pending: "Waiting",
    fetching: "Asking Letzshop",
    processing: "Running",
    completed: "Completed",
    partial: "Completed with errors",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  title: "{{kind}} #{{id}}",
  request: {
    confirm: "Confirm {{n}}",
    both: "Confirm {{n}}, decline {{m}}",
    decline: "Decline all {{m}}",
    tracking: "Tracking {{number}} with {{provider}}",
  },
} as const;

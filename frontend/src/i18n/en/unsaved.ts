export const unsaved = {
  state: "Not saved yet",
  discard: "Discard",
  save: "Save",
  leave: {
    title: "Leave without saving?",
    body: "What you changed here is not saved yet.",
    confirm: "Discard changes",
    stay: "Stay",
  },
  meanwhile: {
    title: "Changed by somebody else meanwhile.",
    body: "What you changed is still here. Load theirs and drop it, or keep it: it then goes over theirs when you save.",
    take: "Load theirs",
    keep: "Keep mine",
  },
} as const;

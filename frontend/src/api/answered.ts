/** The body of an answered request; failures were thrown before, by the client's middleware. */
export function answered<T>(result: { data?: T }): NonNullable<T> {
  if (result.data === undefined || result.data === null) throw new Error("The server sent no body");
  return result.data;
}

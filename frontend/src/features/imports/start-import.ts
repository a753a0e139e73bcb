import { answered } from "@/api/answered";
import { announceIfSignedOut, client, idempotent } from "@/api/client";
import { problemOf, UnreachableError } from "@/api/problem";
import type { ImportJob } from "@/api/types";
import type { FeedLanguage } from "@/features/imports/search";

const path = "/api/v1/admin/imports";

export interface ImportRequest {
  readonly storeId: number;
  readonly language: FeedLanguage;
  readonly source: { readonly kind: "file"; readonly file: File } | { readonly kind: "url"; readonly url: string };
}

export async function startImport(
  { storeId, language, source }: ImportRequest,
  onUploaded: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportJob> {
  if (source.kind === "url") {
    const body = { store_id: storeId, language, source_url: source.url };
    return answered(await client.POST(path, { body, headers: idempotent(), signal }));
  }
  const form = new FormData();
  form.append("store_id", String(storeId));
  form.append("language", language);
  form.append("file", source.file);
  return upload(form, onUploaded, signal);
}

/** `fetch` cannot tell how much of a body has gone out, and a feed may be a gigabyte. */
function upload(form: FormData, onUploaded: (share: number) => void, signal: AbortSignal): Promise<ImportJob> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(idempotent())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onUploaded(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new UnreachableError(null));
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    request.onload = () => {
      announceIfSignedOut(request.status, path);
      const headers = new Headers();
      for (const name of ["X-Request-ID", "Retry-After"]) {
        const value = request.getResponseHeader(name);
        if (value !== null) headers.set(name, value);
      }
      const response = new Response(request.responseText, { status: request.status, headers });
      if (response.ok) response.json().then(resolve, reject);
      else problemOf(response).then(reject, reject);
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

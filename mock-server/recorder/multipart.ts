/** Reads the fields of a multipart/form-data body (RFC 7578), which PHP’s cURL sends for an array of parameters. */
import { header, mediaType, type ParsedRequest } from './parsed-request.ts';

/** Resolves with the text fields in order, without files; undefined for another media type or an unreadable body. */
export async function readMultipart(request: ParsedRequest): Promise<URLSearchParams | undefined> {
  if (mediaType(request) !== 'multipart/form-data') return undefined;
  const headers = { 'content-type': header(request, 'content-type') ?? '' };
  try {
    const form = await new Response(new Uint8Array(request.rawBody), { headers }).formData();
    const fields = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
    return new URLSearchParams(fields);
  } catch {
    return undefined;
  }
}

/** One file to the API. By XMLHttpRequest: `fetch` does not tell how far an upload is. */
import { refusalOf, type Schemas } from '@/lib/api/client';

export interface Upload {
  readonly key: string;
  readonly file: File;
  readonly caption: string;
}

export function upload(conversation: number, { key, file, caption }: Upload, onProgress: (done: number) => void): Promise<Schemas['MessageView']> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const address = `/chat/conversations/${conversation}/attachments`;
    request.open('POST', address);
    request.setRequestHeader('X-Nexus-CSRF', '1');
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encoded(file.name));
    request.setRequestHeader('X-Caption', encoded(caption));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new TypeError('the network failed'));
    request.onload = () => {
      const id = request.getResponseHeader('x-request-id');
      const answer = new Response(request.responseText, { status: request.status, ...(id && { headers: { 'x-request-id': id } }) });
      if (answer.ok) answer.json().then((message) => resolve(message as Schemas['MessageView']), reject);
      else refusalOf(address, answer).then(reject, reject);
    };
    request.send(file);
  });
}

/** As the header takes it; half a character, which no encoding knows, becomes its replacement. */
function encoded(text: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));
}

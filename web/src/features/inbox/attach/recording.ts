/** Recording a voice note: in Ogg or MP4 where the browser can, else its WebM is put into Ogg; nowhere else offered. */
import { oggOf } from './ogg';

const OGG = 'audio/ogg;codecs=opus';
const WEBM = 'audio/webm;codecs=opus';
const MP4 = 'audio/mp4;codecs=mp4a.40.2';

/** As what this browser can record something that WhatsApp takes in the end; null where it cannot. */
export function recordable(): string | null {
  if (typeof MediaRecorder === 'undefined') return null;
  return [OGG, WEBM, MP4].find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

export interface Recording {
  /** The file; null where nothing was recorded. */
  readonly finish: () => Promise<File | null>;
  readonly cancel: () => void;
}

/** Begin to record. Throws where nobody lets us use a microphone. */
export async function record(type: string, name: string): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((done) => (recorder.onstop = () => done()));
  recorder.start();
  const cancel = () => {
    if (recorder.state !== 'inactive') recorder.stop();
    stream.getTracks().forEach((track) => track.stop());
  };
  const finish = async () => {
    cancel();
    await stopped;
    return fileOf(new Blob(parts), type, name);
  };
  return { finish, cancel };
}

async function fileOf(recorded: Blob, type: string, name: string): Promise<File | null> {
  if (recorded.size === 0) return null;
  if (type === MP4) return new File([recorded], `${name}.m4a`, { type: 'audio/mp4' });
  const ogg = type === OGG ? recorded : oggOf(new Uint8Array(await recorded.arrayBuffer()));
  return ogg && new File([ogg], `${name}.ogg`, { type: 'audio/ogg' });
}

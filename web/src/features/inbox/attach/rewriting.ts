/** A picture as WhatsApp takes it: JPEG, at most as large as it shows. What the browser cannot read stays as it is. */
import { MOST_IMAGE_BYTES, needsRewriting } from './rules';

const LONGEST_SIDE = 2560;
const QUALITIES = [0.9, 0.75, 0.6];

export async function readyToSend(file: File): Promise<File> {
  if (!needsRewriting(file)) return file;
  try {
    return await rewritten(file);
  } catch {
    return file; // its own refusal says what is wrong with it
  }
}

async function rewritten(file: File): Promise<File> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext('2d');
  if (!brush) return file;
  brush.fillStyle = 'white'; // JPEG knows no transparency
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (blob && blob.size <= MOST_IMAGE_BYTES) return new File([blob], jpegName(file.name), { type: 'image/jpeg' });
  }
  return file;
}

function jpegName(name: string): string {
  return `${name.replace(/\.[^.]*$/, '') || 'imagen'}.jpg`;
}

/** A picture as a face needs it: square enough at 512 px, without what the camera wrote into it. */
const MOST_PX = 512;
const QUALITY = 0.85;

/** The picture redrawn as JPEG; as it came where this browser cannot read it, for the server to judge. */
export async function smaller(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PX / Math.min(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? file), 'image/jpeg', QUALITY));
  } catch {
    return file;
  }
}

/** A QR code as one path of inline SVG: nothing leaves the page. Dark on light in both themes, as cameras want it. */
import { encode } from 'uqr';
import styles from './QrCode.module.css';

const PNG_DOT = 16;

interface Drawn {
  readonly size: number;
  readonly path: string;
}

function draw(text: string): Drawn {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  return { size, path: data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('') };
}

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = draw(text);
  return (
    <svg className={styles['qr']} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

/** The code as a file for print: sharp at any size. */
export function svgFile(text: string): Blob {
  const { size, path } = draw(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="white" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
}

/** The code as a picture, for what takes no SVG; null where the browser draws none. */
export async function pngFile(text: string): Promise<Blob | null> {
  const { size, path } = draw(text);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * PNG_DOT;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(PNG_DOT, PNG_DOT);
  pen.fillStyle = 'black';
  pen.fill(new Path2D(path));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

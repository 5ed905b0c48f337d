/** Two short tones when a person is needed; made here, so there is no file, and only once the page was touched. */
const OFF = 'nexus.bell';
const TONES = [659, 880] as const;
const TONE_S = 0.12;
const LOUD = 0.08;

let context: AudioContext | null = null;

export function soundEnabled(): boolean {
  try {
    return localStorage.getItem(OFF) !== 'off';
  } catch {
    return true;
  }
}

export function enableSound(on: boolean): void {
  try {
    localStorage.setItem(OFF, on ? 'on' : 'off');
  } catch {
    // storage is switched off: the sound stays on
  }
}

/** Silent until the person has touched the page: browsers allow no sound before that. */
export function ring(): void {
  if (!soundEnabled() || !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  void context.resume();
  TONES.forEach((hertz, index) => {
    if (context) tone(context, hertz, context.currentTime + index * TONE_S);
  });
}

function tone(audio: AudioContext, hertz: number, at: number): void {
  const [source, volume] = [audio.createOscillator(), audio.createGain()];
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + TONE_S);
}

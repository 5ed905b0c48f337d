/** Files that are pasted or dropped while a conversation is open, wherever on the page. */
import { useEffect, useEffectEvent, useState } from 'react';

/** Whether something is being dragged over the page right now. */
export function useIncomingFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [dragged, setDragged] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault(); // else the browser would leave the app for the file
      setDragged(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragged(false);
    const drop = (event: DragEvent) => {
      setDragged(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || isElsewhere(event.target)) return;
      event.preventDefault();
      take(files);
    };
    const listeners = { dragover: over, dragleave: leave, drop, paste };
    const entries = Object.entries(listeners) as [string, EventListener][];
    entries.forEach(([name, listener]) => document.addEventListener(name, listener));
    return () => entries.forEach(([name, listener]) => document.removeEventListener(name, listener));
  }, []);
  return dragged;
}

/** A field that has nothing to do with the conversation keeps what is pasted into it. */
function isElsewhere(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest('input, textarea, [contenteditable]') : null;
  return field !== null && field.closest('[data-region="composer"]') === null;
}

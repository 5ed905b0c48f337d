/** «Crear» of the palette: the way to a page that opens its form there, as a step of the history that Back undoes. */
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whoever comes by this step wants to make something new. */
    readonly create?: true;
  }
}

export const CREATE = { state: { create: true } } as const;

interface Creating {
  readonly creating: boolean;
  readonly begin: () => void;
  readonly end: () => void;
}

/** Whether the page's form is open, by a button of the page or by the step that led here. */
export function useCreating(): Creating {
  const navigate = useNavigate();
  const asked = useLocation({ select: ({ state }) => state.create === true });
  const [begun, setBegun] = useState(false);
  return {
    creating: begun || asked,
    begin: () => setBegun(true),
    end: () => {
      setBegun(false);
      if (asked) void navigate({ to: '.', search: true, replace: true });
    },
  };
}

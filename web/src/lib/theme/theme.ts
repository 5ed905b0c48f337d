/** Mantine dressed in our tokens (UI §2). */
import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver } from '@mantine/core';
import { DARK, GRAY, MEANINGS, shades, variables } from './tokens';

const SYSTEM = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

export const theme = createTheme({
  colors: {
    ...Object.fromEntries(Object.entries(MEANINGS).map(([name, meaning]) => [name, shades(meaning)])),
    gray: GRAY,
    dark: DARK,
  },
  primaryColor: 'primary',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  // autoContrast judges the light shade in both schemes: white on the pale fills of the dark one.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--nx-on-fill)' } : colors;
  },
  black: variables('light')['--nx-text'] ?? '',
  fontFamily: SYSTEM,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.334', sm: '1.385', md: '1.43', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.43' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // Nothing is under 12 px (UI §8): Mantine's small keys are 10, and hints two less than their input.
    Kbd: { vars: () => ({ root: { '--kbd-fz': 'var(--mantine-font-size-xs)' } }) },
    InputDescription: { vars: () => ({ description: { '--input-description-size': 'var(--mantine-font-size-xs)' } }) },
    InputError: { vars: () => ({ error: { '--input-error-size': 'var(--mantine-font-size-xs)' } }) },
    InputWrapper: {
      vars: () => ({
        label: {},
        description: { '--input-description-size': 'var(--mantine-font-size-xs)' },
        error: { '--input-error-size': 'var(--mantine-font-size-xs)' },
      }),
    },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 200 } } },
  },
});

export const resolver: CSSVariablesResolver = () => {
  const scheme = (name: 'light' | 'dark') => ({
    ...variables(name),
    ...Object.fromEntries(
      Object.keys(MEANINGS).flatMap((meaning) => [
        [`--mantine-color-${meaning}-light`, `var(--nx-${meaning}-soft)`],
        [`--mantine-color-${meaning}-light-color`, `var(--nx-${meaning}-fg)`],
        [`--mantine-color-${meaning}-light-hover`, `color-mix(in srgb, var(--nx-${meaning}-soft) 92%, var(--nx-${meaning}-fg))`],
      ]),
    ),
    '--mantine-color-body': 'var(--nx-raised)',
    '--mantine-color-text': 'var(--nx-text)',
    '--mantine-color-dimmed': 'var(--nx-meta)',
    '--mantine-color-placeholder': 'var(--nx-meta)',
    '--mantine-color-error': 'var(--nx-danger-fg)',
    '--mantine-color-anchor': 'var(--nx-primary-fg)',
    '--mantine-color-default': 'var(--nx-surface)',
    '--mantine-color-default-hover': 'var(--nx-muted-soft)',
    '--mantine-color-default-color': 'var(--nx-text)',
    '--mantine-color-default-border': 'var(--nx-line)',
    '--mantine-color-disabled': 'var(--nx-muted-soft)',
    '--mantine-color-disabled-color': 'var(--nx-meta)',
  });
  return { variables: {}, light: scheme('light'), dark: scheme('dark') };
};

/** Says plainly which parts are not the real ones; folds to a chip. */
import { useState } from 'react';
import { IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './Shell.module.css';

export function DemoBar() {
  const { t } = useTranslation();
  const [folded, setFolded] = useState(() => matchMedia('(max-width: 767px)').matches);
  return (
    <div className={styles['demo']} data-folded={folded} role="note">
      <IconFlask size={16} aria-hidden />
      <span className={styles['demoText']}>{folded ? t('demo.chip') : t('demo.text')}</span>
      <Link to="/simulator">
        {t('demo.simulate')}
      </Link>
      <button type="button" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
        {folded ? t('demo.unfold') : t('demo.fold')}
      </button>
    </div>
  );
}

// The application on react.html: React sets the element's attributes and listens to its events, as with any tag.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function App() {
  const [theme, setTheme] = useState('auto');
  const [step, setStep] = useState('welcome');
  return (
    <>
      <p>
        <button type="button" onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
          Change the theme
        </button>{' '}
        The visitor is at: <output>{step}</output>
      </p>
      <ftl-atlas-demo
        id="react"
        domain="code_generation"
        theme={theme}
        onftl-step={(event) => setStep(event.detail.to)}
      />
    </>
  );
}

createRoot(document.getElementById('app')).render(<App />);

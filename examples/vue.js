// The application on vue.html: Vue sets the element's attributes and listens to its events, as with any tag.
import { createApp, h, ref } from 'vue';

const App = {
  setup() {
    const theme = ref('auto');
    const step = ref('welcome');
    const changeTheme = () => {
      theme.value = theme.value === 'dark' ? 'light' : 'dark';
    };
    const onStep = (event) => {
      step.value = event.detail.to;
    };
    return () => [
      h('p', [
        h('button', { type: 'button', onClick: changeTheme }, 'Change the theme'),
        ' The visitor is at: ',
        h('output', step.value),
      ]),
      h('ftl-atlas-demo', { id: 'vue', domain: 'qa_knowledge', theme: theme.value, onFtlStep: onStep }),
    ];
  },
};

createApp(App).mount('#app');

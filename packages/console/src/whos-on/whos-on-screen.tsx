export const WhosOnScreen = () => <p className="p-5">Who&rsquo;s On</p>

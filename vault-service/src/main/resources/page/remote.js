// Something that the server knows: loading, there or out of reach. What was there stays while it loads again.

export class Remote {
  constructor(app, ask) {
    this.app = app;
    this.ask = ask;
    this.data = null;
    this.problem = null;
    this.loading = false;
    this.turn = 0;
    this.begun = 0;
    this.again = null;
    this.told = [];
  }

  async load() {
    const turn = ++this.turn;
    this.loading = true;
    this.begun = Date.now();
    this.told = [];
    try {
      const data = await this.ask();
      if (turn !== this.turn) return;
      this.data = data;
      this.problem = null;
      // What was told meanwhile may be newer than the answer.
      for (const change of this.told) change();
    } catch (problem) {
      if (turn !== this.turn) return;
      this.problem = problem;
    }
    this.told = [];
    this.loading = false;
    this.app.update();
  }

  /** Changes what is there by what the stream told. */
  tell(change) {
    if (this.loading) this.told.push(change);
    if (this.data !== null) change();
  }

  /** Loads again because something has happened: at once, and where much happens once in a while. */
  soon(millis = 1000) {
    if (this.again) return;
    this.again = setTimeout(() => {
      this.again = null;
      this.load();
    }, Math.max(0, this.begun + millis - Date.now()));
  }
}

const SURPLUS_MAX = 200;

/** A list with pages: the first, and more on demand. */
export class RemoteList extends Remote {
  /**
   * @param key what tells things apart
   * @param order by which time the list is ordered, newest first
   */
  constructor(app, askPage, key, order) {
    super(app, async () => {
      const page = await askPage(undefined);
      this.cursor = page.nextCursor;
      this.loaded = page.items.length;
      this.grown = false;
      return page.items;
    });
    this.askPage = askPage;
    this.key = key;
    this.order = order;
    this.cursor = null;
    this.loadingMore = false;
    this.loaded = 0;
    /** Whether more than the first page is shown, which loading again would take away. */
    this.grown = false;
  }

  async more() {
    this.loadingMore = true;
    this.app.update();
    try {
      const page = await this.askPage(this.cursor);
      const known = new Set(this.data.map(this.key));
      this.data = [...this.data, ...page.items.filter((one) => !known.has(this.key(one)))];
      this.cursor = page.nextCursor;
      this.loaded = this.data.length;
      this.grown = true;
    } catch (problem) {
      this.problem = problem;
    }
    this.loadingMore = false;
    this.app.update();
  }

  /** Changes the thing of that key, if it is shown; whatever was there before is given to the change. */
  change(key, change) {
    this.tell(() => {
      const at = this.data.findIndex((one) => this.key(one) === key);
      if (at >= 0) this.data = this.data.with(at, change(this.data[at]));
    });
  }

  /** Puts a thing where it belongs, as it is now. */
  put(thing) {
    this.tell(() => {
      const key = this.key(thing);
      const others = this.data.filter((one) => this.key(one) !== key);
      const at = others.findIndex((one) => one[this.order] < thing[this.order]);
      if (at >= 0) others.splice(at, 0, thing);
      // Behind what is shown stand those of the next pages.
      else if (others.length < this.data.length || !this.cursor) others.push(thing);
      this.data = others;
    });
    // A page that is left open for weeks.
    if (this.data?.length > this.loaded + SURPLUS_MAX) this.soon();
  }

  drop(key) {
    this.tell(() => {
      this.data = this.data.filter((one) => this.key(one) !== key);
    });
  }

  /** Puts or drops a thing, by whether the list would show it. */
  follow(thing, belongs) {
    if (belongs) this.put(thing);
    else this.drop(this.key(thing));
  }
}

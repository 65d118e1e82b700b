"""What page and paper say, in words: frozen rows of ready texts, with the numbers behind them."""

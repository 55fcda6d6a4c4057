/* The floor: a plain C step, feature-major, float32, for the compiler to vectorize. Softmax, momentum, l2.

   layers: sizes[0..num_layers], params: for each layer (H, D + 1), the biases the last column.
   h, d: work space of the layers one after another, (H, n) each; x (D, n). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void dense(const float *restrict w, const float *restrict x, float *restrict z, int d, int h, int n)
{
    for (int i = 0; i < h; i++) {
        const float *row = w + i * (d + 1);
        float *out = z + i * n;
        for (int k = 0; k < n; k++) out[k] = row[d];
        for (int j = 0; j < d; j++) {
            const float a = row[j];
            const float *in = x + j * n;
            for (int k = 0; k < n; k++) out[k] += a * in[k];
        }
    }
}

static void activate(float *restrict h, int count, int tanh_units)
{
    if (tanh_units)
        for (int k = 0; k < count; k++) h[k] = tanhf(h[k]);
    else
        for (int k = 0; k < count; k++) h[k] = h[k] > 0 ? h[k] : 0;
}

static void forward(const float *p, const int *sizes, int layers, const float *x, float *h, int n, int tanh_units)
{
    for (int l = 0; l < layers; l++) {
        dense(p, x, h, sizes[l], sizes[l + 1], n);
        if (l < layers - 1) activate(h, sizes[l + 1] * n, tanh_units);
        p += sizes[l + 1] * (sizes[l] + 1);
        x = h;
        h += sizes[l + 1] * n;
    }
}

static void softmax_gradient(const float *s, float *d, const int *y, int k, int n)
{
    for (int e = 0; e < n; e++) {
        float top = s[e], sum = 0;
        for (int c = 1; c < k; c++) top = s[c * n + e] > top ? s[c * n + e] : top;
        for (int c = 0; c < k; c++) sum += d[c * n + e] = expf(s[c * n + e] - top);
        for (int c = 0; c < k; c++) d[c * n + e] = (d[c * n + e] / sum - (y[e] == c)) / n;
    }
}

static void weight_gradient(const float *restrict d, const float *restrict x, float *restrict g, int din, int h, int n)
{
    for (int i = 0; i < h; i++) {
        const float *row = d + i * n;
        for (int j = 0; j < din; j++) {
            float sum = 0;
            const float *in = x + j * n;
            for (int k = 0; k < n; k++) sum += row[k] * in[k];
            g[i * (din + 1) + j] = sum;
        }
        float sum = 0;
        for (int k = 0; k < n; k++) sum += row[k];
        g[i * (din + 1) + din] = sum;
    }
}

static void send_back(const float *restrict w, const float *restrict d, const float *restrict h, float *restrict out,
                      int din, int hout, int n, int tanh_units)
{
    for (int j = 0; j < din; j++) {
        float *row = out + j * n;
        const float *act = h + j * n;
        memset(row, 0, n * sizeof(float));
        for (int i = 0; i < hout; i++) {
            const float a = w[i * (din + 1) + j];
            const float *in = d + i * n;
            for (int k = 0; k < n; k++) row[k] += a * in[k];
        }
        if (tanh_units)
            for (int k = 0; k < n; k++) row[k] *= 1 - act[k] * act[k];
        else
            for (int k = 0; k < n; k++) row[k] = act[k] > 0 ? row[k] : 0;
    }
}

void train(float *p, float *v, float *g, const int *sizes, int layers, const float *xs, const int *ys, int num_batches,
           int first, int steps, int n, int tanh_units, float *h, float *d, float lr, float mu, float l2)
{
    for (int step = 0; step < steps; step++) {
        const int batch = (first + step) % num_batches;
        const float *x = xs + batch * sizes[0] * n;
        forward(p, sizes, layers, x, h, n, tanh_units);
        float *w = p, *gw = g, *hl = h, *dl = d;
        for (int l = 0; l < layers - 1; l++) {
            const int size = sizes[l + 1] * (sizes[l] + 1);
            w += size; gw += size; hl += sizes[l + 1] * n; dl += sizes[l + 1] * n;
        }
        softmax_gradient(hl, dl, ys + batch * n, sizes[layers], n);
        for (int l = layers - 1; l >= 0; l--) {
            const float *below = l ? hl - sizes[l] * n : x;
            weight_gradient(dl, below, gw, sizes[l], sizes[l + 1], n);
            if (!l) break;
            send_back(w, dl, below, dl - sizes[l] * n, sizes[l], sizes[l + 1], n, tanh_units);
            const int size = sizes[l] * (sizes[l - 1] + 1);
            w -= size; gw -= size; hl -= sizes[l] * n; dl -= sizes[l] * n;
        }
        float *wp = p, *vp = v, *gp = g;
        for (int l = 0; l < layers; l++)
            for (int i = 0; i < sizes[l + 1]; i++)
                for (int j = 0; j <= sizes[l]; j++, wp++, vp++, gp++) {
                    *vp = mu * *vp - lr * (*gp + (j < sizes[l] ? l2 * *wp : 0));
                    *wp += *vp;
                }
    }
}

void draw(const float *p, const int *sizes, int layers, const float *grid, int cells, int block, int tanh_units, float *h,
          unsigned char *labels, unsigned char *levels)
{
    const int k = sizes[layers];
    float *x = malloc(2 * block * sizeof(float));
    float *s = h;
    for (int l = 1; l < layers; l++) s += sizes[l] * block;
    for (int start = 0; start < cells; start += block) {
        memcpy(x, grid + start, block * sizeof(float));
        memcpy(x + block, grid + cells + start, block * sizeof(float));
        forward(p, sizes, layers, x, h, block, tanh_units);
        for (int e = 0; e < block; e++) {
            int best = 0;
            float sum = 0;
            for (int c = 1; c < k; c++) best = s[c * block + e] > s[best * block + e] ? c : best;
            for (int c = 0; c < k; c++) sum += expf(s[c * block + e] - s[best * block + e]);
            labels[start + e] = best;
            levels[start + e] = 63 / sum + 0.5f;
        }
    }
    free(x);
}
